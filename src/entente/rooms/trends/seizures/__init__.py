"""Seizures: contributed one by one or from files, corrected, shared, and found to be another bureau's too."""
