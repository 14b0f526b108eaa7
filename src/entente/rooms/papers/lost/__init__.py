"""Lost, stolen, revoked and invalid documents, and ranges of stolen blanks (SLTD).

Ordinary records of documents that say so, owned by the bureau of the state that issues them, and ranges found
by exact keys. A look-up is a search like any other: journaled, judged by a verdict, confirmed as a hit.
"""
