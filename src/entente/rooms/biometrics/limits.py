"""Addresses that take more than other bodies: pictures of fingers and faces."""

from entente.rooms.biometrics.model import MOST_FILE

MOST_ALL = 3 * MOST_FILE * 4 // 3
"""Bytes of one request: all the files of a person, in base64."""
LIMITS = dict.fromkeys(
    (
        "/api/v1/biometrics/search",
        "/api/v1/biometrics/sets",
        "/api/v1/biometrics/comparisons/",
        "/api/v1/biometrics/transactions",
        "/biometrics/search",
        "/biometrics/enrol",
        "/biometrics/cut",
        "/biometrics/comparisons/",
    ),
    MOST_ALL,
)
