"""Pure comparisons: what a record offers to be found by, and how near it is to a question.

`question.understand` reads what an officer typed; `records` reads records for an index and scores
them. A score depends on the question and the one record, never on other records.
"""
