"""The rules by which stolen money is followed through accounts that hold other money too.

Which rule holds is a question of law, and the answers differ by orders of magnitude: a freeze must say which
it relied on. All of them are kept here side by side, none is the right one.

fifo      First in, first out: Devaynes v Noble (Clayton's case), 1816, 1 Mer 572; for theft of virtual
          assets Anderson, Shumailov and Ahmed, "Making Bitcoin Legal", 2018. Exact to the last unit.
lifo      Last in, first out: follows money that is passed on at once. Exact to the last unit.
haircut   Each payment carries the share of its account's balance that is stolen (Möser, Böhme and Breuker,
          "Towards Risk Scoring of Bitcoin Transactions", 2014). Whole units, by largest remainder, clean
          money included.
poison    Whatever leaves an account that stolen money has reached is touched, whole. It says who could have
          had a hand in it; it says nothing of whose money it is.
libr      Lowest intermediate balance (James Roscoe (Bolton) v Winder, 1915, 1 Ch 62): an account's own
          money is spent first (Re Hallett's Estate, 1880, 13 Ch D 696), so that what victims can claim of
          it is never more than its lowest balance since their money came; money that comes later does not
          restore a claim. Where their money is touched, each victim's shrinks in proportion, by largest
          remainder. What left is followed to the payee by the same rule.
"""

RULES = ("fifo", "lifo", "haircut", "poison", "libr")
