"""Messages to banks and of banks: written, read, laid to an intercept, and made into steps by a person."""
