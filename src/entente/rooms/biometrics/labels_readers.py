"""Texts of the readers in `match`, marked for translation: they stand here a second time.

`match` knows no language: what its readers refuse, and why, is plain English. Pages look a fault's text up by
its exact words, so each text that is always the same is repeated here; tests/rooms/test_biometrics_labels.py
holds it against the readers. A text with a measured number in it (pixels, dpi) is never twice the same and
stays English.
"""

from entente.web.language import N_

PRINT_TEXTS = (
    N_("The picture is blank: there is no finger on it (502)"),
    N_("There are no ridges of a finger in the picture, or hardly any (501)"),
)
"""`Unreadable.what` of `match.prints`, with its code in brackets as `reading` writes it into a fault."""
PRINT_ADVICE = (
    N_("Scan at 500 dpi (250 to 4000 are read), and say the resolution in the file."),
    N_("Send the whole impression, at the resolution at which it was taken."),
    N_("Cut out one finger, or say the right resolution."),
    N_("Take the impression again."),
    N_("Send the impression of one finger, dark on a light ground; take it again if it is smudged."),
)
"""`Unreadable.do` of `match.prints`."""
FACE_TEXTS = (
    N_("The picture is of one tone: nothing is on it (502)"),
    N_("No face was found (502)"),
    N_("The face is blurred (501)"),
    N_("The face has hardly any contrast (501)"),
    N_("Much of the face is pure black or white (501)"),
    N_("This is a picture of a crowd, not of one person (501)"),
)
"""`Unreadable.what` of `match.faces`, and `Reason.text` of a face that may not be searched, with their
codes as `reading` writes them into a fault. Other reasons are told by their codes (`labels.FACE_REASONS`)."""
FACE_ADVICE = (
    N_("Send the whole portrait, at least 300 pixels wide."),
    N_("Cut out the person, or scale the picture down."),
    N_("Look whether the file was saved or sent whole."),
    N_("Send a picture in which a face is seen from the front, upright, with both eyes."),
    N_(
        "Send a picture in which a face is seen from the front, upright, with both eyes; cut out the person "
        "first."
    ),
    N_("Use a larger original of the picture; enlarging this one adds nothing."),
    N_("Use a sharp picture, not one enlarged or taken of a screen."),
    N_("Use an original with better light; do not stretch its contrast by hand."),
    N_("Use a picture with even light."),
    N_("Cut out the person who is meant and send that alone."),
)
"""`Unreadable.do` of `match.faces`, and `Reason.do` of a face that may not be searched."""
BIAS = N_(
    "Its author says that it was trained mostly on pictures of well-known adults, many of them Americans "
    "of European descent, and is less accurate for everyone else and in galleries of more than some "
    "hundred persons. Expect more wrong candidates for children, for women and for people of African, "
    "Asian and Indigenous descent."
)
"""What every page with faces says of the encoder that comes with the house."""
