"""Pure comparisons: read a thing into features, compare two, say why. Brute force defines."""
