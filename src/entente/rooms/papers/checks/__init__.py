"""The guided check: a paper in the hand, read, looked up, held against its version, judged by a person.

The machine reads, compares and marks what is odd; answers to the checklist and the verdict are an officer's.
Nothing is repaired silently: what was read, what was likely meant, and the difference stand side by side.
"""
