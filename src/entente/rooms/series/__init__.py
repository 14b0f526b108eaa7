"""Series: has this series of images been seen, and who is working on it?

Bureaus contribute hashes and descriptors, never a picture. A question or a contribution that meets another
bureau's series tells both sides, as far as each owner lets it be known, whichever came later. Everything
stands in a compartment of cleared specialists.
"""

from entente.rooms.series import formats, media_model
from entente.rooms.series.duties import duties
from entente.rooms.series.limits import LIMITS

__all__ = ["LIMITS", "duties", "formats", "media_model"]
