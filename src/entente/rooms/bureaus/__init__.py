"""Bureaus: who takes part, who works there, and how each proves who he is.

A bureau has a number (its bit in every handling) and a directory entry open to all; an officer has
roles, a clearance and compartments; he signs in with a passkey, a password or a one-time link, a
machine with a key. `Door` turns a session or a key into an officer at every request anew.
"""

from entente.rooms.bureaus.alerts import WHAT, About, alert, alerts, news, own, take_note
from entente.rooms.bureaus.door import Door
from entente.rooms.bureaus.model import Bureau, Officer
from entente.rooms.bureaus.service import (
    asker_for,
    by_code,
    change_officer,
    directory,
    enrol,
    issue_key,
    mail_key,
    officers,
    register,
)
from entente.rooms.bureaus.signing_in import hash_password, make_link, set_password

__all__ = [
    "WHAT",
    "About",
    "Bureau",
    "Door",
    "Officer",
    "alert",
    "alerts",
    "asker_for",
    "by_code",
    "change_officer",
    "directory",
    "enrol",
    "hash_password",
    "issue_key",
    "mail_key",
    "make_link",
    "news",
    "officers",
    "own",
    "register",
    "set_password",
    "take_note",
]
