"""What the house knows without asking anyone: pure rules, standard library only, no input or output."""
