"""Blind referral: companies tell of illicit goods, and the secretariat learns where two industries tell of
the same. A company sees nobody's data; what its reports meet, the house finds, and a person releases."""
