"""Operations and lists of targets: where to look, what was found there, and what the looking changed."""
