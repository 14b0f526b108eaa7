"""Money as banks and chains write it: currencies, amounts, accounts, wallet addresses. Pure; works alone."""
