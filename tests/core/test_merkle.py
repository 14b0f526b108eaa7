"""The tree against the recursive definition of RFC 9162, exhaustively where small, by property where not."""

from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.core.merkle import (
    EMPTY,
    Frontier,
    consistency,
    inclusion,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

MOST = 130
HASHES = [leaf_hash(b"leaf %d" % i) for i in range(70_000)]


@cache
def defined(start, end):
    """MTH of RFC 9162, 2.1.1, word for word."""
    n = end - start
    if n == 0:
        return sha256(b"").digest()
    if n == 1:
        return HASHES[start]
    k = 1
    while k * 2 < n:
        k *= 2
    return sha256(b"\x01" + defined(start, start + k) + defined(start + k, end)).digest()


def defined_path(m, start, end):
    """PATH of RFC 9162, 2.1.3.1."""
    n = end - start
    if n == 1:
        return []
    k = 1
    while k * 2 < n:
        k *= 2
    if m < k:
        return [*defined_path(m, start, start + k), defined(start + k, end)]
    return [*defined_path(m - k, start + k, end), defined(start, start + k)]


def defined_subproof(m, start, end, b):
    """SUBPROOF of RFC 9162, 2.1.4.1."""
    n = end - start
    if m == n:
        return [] if b else [defined(start, end)]
    k = 1
    while k * 2 < n:
        k *= 2
    if m <= k:
        return [*defined_subproof(m, start, start + k, b), defined(start + k, end)]
    return [*defined_subproof(m - k, start + k, end, False), defined(start, start + k)]


class Log:
    """Tiles as a caller keeps them, grown with the frontier."""

    def __init__(self, size=0):
        self.frontier = Frontier()
        self.rows = {0: [], 8: [], 16: []}
        self.read = 0
        self.grow(size)

    def grow(self, by):
        new = HASHES[self.frontier.size : self.frontier.size + by]
        self.rows[0] += new
        self.frontier = self.frontier.extend(new, self.keep)

    def keep(self, height, number, hashed):
        assert number == len(self.rows[height]), "complete subtrees come in order, each once"
        self.rows[height].append(hashed)

    def tiles(self, height, index):
        self.read += 1
        return self.rows[height][index * 256 : index * 256 + 256]


SMALL = Log(MOST)
LARGE = Log(len(HASHES))


def test_the_known_roots_of_the_rfc_6962_test_vectors_come_out():
    data = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    leaves = [leaf_hash(bytes.fromhex(d)) for d in data]
    assert Frontier().root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert (
        Frontier().extend(leaves[:1]).root().hex()
        == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert (
        Frontier().extend(leaves).root().hex()
        == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    )


def test_every_root_up_to_130_leaves_is_the_defined_one():
    frontier = Frontier()
    for n in range(MOST + 1):
        assert frontier.root() == defined(0, n) == root(SMALL.tiles, n)
        frontier = frontier.extend(HASHES[n : n + 1])


def test_every_inclusion_proof_up_to_130_leaves_is_the_defined_one_and_verifies():
    for n in range(1, MOST + 1):
        for m in range(n):
            path = inclusion(SMALL.tiles, m, n)
            assert list(path) == defined_path(m, 0, n)
            assert verify_inclusion(HASHES[m], m, n, path, defined(0, n))


def test_every_consistency_proof_up_to_130_leaves_is_the_defined_one_and_verifies():
    for n in range(MOST + 1):
        for m in range(n + 1):
            path = consistency(SMALL.tiles, m, n)
            assert list(path) == (defined_subproof(m, 0, n, True) if m > 0 else [])
            assert verify_consistency(m, n, defined(0, m), defined(0, n), path)


def test_no_inclusion_proof_up_to_33_leaves_verifies_for_another_place_or_size():
    for n in range(1, 34):
        for m in range(n):
            path = inclusion(SMALL.tiles, m, n)
            for other_n in range(35):
                for other_m in range(-1, other_n + 1):
                    if (other_m, other_n) != (m, n):
                        assert not verify_inclusion(HASHES[m], other_m, other_n, path, defined(0, other_n))


def test_no_consistency_proof_up_to_20_leaves_verifies_for_other_sizes():
    for n in range(21):
        for m in range(n + 1):
            path = consistency(SMALL.tiles, m, n)
            for other_n in range(22):
                for other_m in range(other_n + 2):
                    same = (other_m, other_n) == (m, n) or (not path and (other_m in (0, other_n)))
                    held = verify_consistency(
                        other_m, other_n, defined(0, other_m), defined(0, other_n), path
                    )
                    assert held == (same and other_m <= other_n)


sizes = st.integers(1, len(HASHES))


@settings(deadline=None, max_examples=60)
@given(sizes, st.data())
def test_proofs_from_tiles_verify_in_a_tree_of_many_tiles(n, data):
    m = data.draw(st.integers(0, n - 1))
    top = defined(0, n)
    assert verify_inclusion(HASHES[m], m, n, inclusion(LARGE.tiles, m, n), top)
    assert verify_consistency(m, n, defined(0, m), top, consistency(LARGE.tiles, m, n))


@settings(deadline=None, max_examples=30)
@given(sizes, st.data())
def test_a_proof_reads_at_most_two_tiles_a_height(n, data):
    LARGE.read = 0
    inclusion(LARGE.tiles, data.draw(st.integers(0, n - 1)), n)
    assert LARGE.read <= 6


@settings(deadline=None, max_examples=200)
@given(st.integers(2, 2_000), st.data())
def test_a_changed_shortened_lengthened_or_shuffled_path_does_not_verify(n, data):
    m = data.draw(st.integers(0, n - 1))
    path = list(inclusion(LARGE.tiles, m, n))
    old = data.draw(st.integers(1, n - 1))
    proof = list(consistency(LARGE.tiles, old, n))
    bent, bent_proof = data.draw(_bent(path)), data.draw(_bent(proof))
    assert bent == path or not verify_inclusion(HASHES[m], m, n, bent, defined(0, n))
    assert bent_proof == proof or not verify_consistency(old, n, defined(0, old), defined(0, n), bent_proof)


@st.composite
def _bent(draw, path):
    path, at = list(path), draw(st.integers(0, len(path) - 1))
    how = draw(st.sampled_from(["flip", "drop", "repeat", "swap", "cut"]))
    if how == "flip":
        bit = draw(st.integers(0, 255))
        path[at] = (int.from_bytes(path[at]) ^ (1 << bit)).to_bytes(32)
    elif how == "drop":
        del path[at]
    elif how == "repeat":
        path.insert(at, path[at])
    elif how == "swap":
        other = draw(st.integers(0, len(path) - 1))
        path[at], path[other] = path[other], path[at]
    else:
        path = path[:at]
    return path


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(0, 600), max_size=6))
def test_growing_in_pieces_is_growing_at_once(pieces):
    log = Log()
    for piece in pieces:
        log.grow(piece)
    whole = Log(sum(pieces))
    assert (log.frontier, log.rows) == (whole.frontier, whole.rows)


@given(st.integers(0, 3_000))
def test_a_frontier_survives_being_written_down(n):
    frontier = Frontier().extend(HASHES[:n])
    assert Frontier.from_text(frontier.to_text()) == frontier


def test_a_frontier_whose_peaks_do_not_fit_its_size_is_refused():
    for size, peaks in [(1, ()), (0, (EMPTY,)), (3, (EMPTY,)), (1, (b"short",)), (-1, (EMPTY,))]:
        with pytest.raises(ValueError):
            Frontier(size, peaks)


def test_what_cannot_be_proven_is_refused_with_a_reason():
    for leaf, size in [(0, 0), (5, 5), (-1, 3)]:
        with pytest.raises(ValueError):
            inclusion(SMALL.tiles, leaf, size)
    for old, new in [(-1, 3), (4, 3)]:
        with pytest.raises(ValueError):
            consistency(SMALL.tiles, old, new)
    with pytest.raises(ValueError, match="lacks hashes"):
        inclusion(SMALL.tiles, 0, MOST + 1)


def test_a_leaf_can_never_pass_for_a_node():
    left, right = HASHES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)
