"""Bureaus: who takes part, who works there, and how each proves who he is.

A bureau has a number (its bit in every handling) and a directory entry open to all; an officer has
roles, a clearance and compartments; he signs in with a passkey, a password or a one-time link, a
machine with a key. `Door` turns a session or a key into an officer at every request anew, and `unlock`
into his bureau's keys, as far as what he proved himself with holds them.
"""

from entente.rooms.bureaus.alerts import (
    WHAT,
    About,
    alert,
    alert_id,
    alerts_here,
    news,
    own,
    settle,
    take_note,
)
from entente.rooms.bureaus.areas import AREAS
from entente.rooms.bureaus.askers import asker_for, asker_now, asker_with_key, machine_of
from entente.rooms.bureaus.bureau_keys import BureauKey, current_key, public_keys
from entente.rooms.bureaus.calendar import Roster, next_opening, open_at
from entente.rooms.bureaus.couriers import Courier
from entente.rooms.bureaus.door import Door
from entente.rooms.bureaus.duty import in_person, roster_of
from entente.rooms.bureaus.ending import what_ends
from entente.rooms.bureaus.holding import Keyring
from entente.rooms.bureaus.inviting import invitations as my_invitations
from entente.rooms.bureaus.key_changes import found as found_key
from entente.rooms.bureaus.keyring import held, opened_with_key, unlock, unlock_with_key
from entente.rooms.bureaus.model import FILE, PRIVATE, Bureau, Officer
from entente.rooms.bureaus.persons import is_among
from entente.rooms.bureaus.sealing import (
    PrivateKeys,
    PublicKeys,
    Unopened,
    encrypt_once,
    seal,
    statement,
    unseal,
    with_key,
)
from entente.rooms.bureaus.service import (
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
from entente.rooms.bureaus.working_groups import Group, group_of, groups

__all__ = [
    "AREAS",
    "FILE",
    "PRIVATE",
    "WHAT",
    "About",
    "Bureau",
    "BureauKey",
    "Courier",
    "Door",
    "Group",
    "Keyring",
    "Officer",
    "PrivateKeys",
    "PublicKeys",
    "Roster",
    "Unopened",
    "alert",
    "alert_id",
    "alerts_here",
    "asker_for",
    "asker_now",
    "asker_with_key",
    "by_code",
    "change_officer",
    "current_key",
    "directory",
    "encrypt_once",
    "enrol",
    "found_key",
    "group_of",
    "groups",
    "hash_password",
    "held",
    "in_person",
    "is_among",
    "issue_key",
    "machine_of",
    "mail_key",
    "make_link",
    "my_invitations",
    "news",
    "next_opening",
    "officers",
    "open_at",
    "opened_with_key",
    "own",
    "public_keys",
    "register",
    "roster_of",
    "seal",
    "set_password",
    "settle",
    "statement",
    "take_note",
    "unlock",
    "unlock_with_key",
    "unseal",
    "what_ends",
    "with_key",
]
