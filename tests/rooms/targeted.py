"""Ways to look at: one that is hit often, and many others."""

from entente.desk import House
from rooms.figured import body, item, seize, way

PESTICIDE = [item("agro.pesticide", 100)]


def traffic(house: House, many: int = 30) -> None:
    """Ways XC-XB that are hit often, and many others that were hit once or checked in vain."""
    bodies = [body(f"2025-05-{1 + n % 28:02}", items=PESTICIDE, route=way("xc", "xb")) for n in range(12)]
    for n in range(many):
        ends = (f"x{chr(101 + n % 6)}", f"x{chr(107 + n // 6)}")
        bodies.append(body("2025-04-02", country="xd", items=PESTICIDE, route=way(*ends)))
        bodies += [body("2025-04-03", event="inspection_nil", route=way(*ends))] * 2
    seize(house, *bodies)
