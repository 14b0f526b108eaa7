"""How many pairs still reach each other when a thing leaves, for every thing in one walk."""

from entente.match.graph.network import Network


def together(network: Network, gone: frozenset[int]) -> tuple[list[int], int]:
    """Ordered pairs that reach each other without `gone`, and, by place, less them without each one too.

    One walk in depth tells what hangs on each thing alone (Hopcroft and Tarjan 1973).
    """
    near = network.neighbours
    met = [0] * len(near)
    low, below, alone = met.copy(), met.copy(), met.copy()
    hung, of = met.copy(), list(range(len(near)))
    sizes, clock = dict[int, int](), 0
    for root in range(len(near)):
        if met[root] or root in gone:
            continue
        clock += 1
        met[root] = low[root] = clock
        below[root] = 1
        stack = [(root, root, iter(near[root]))]
        while stack:
            here, above, rest = stack[-1]
            for next_ in rest:
                if next_ in gone or next_ == above:
                    continue
                if met[next_]:
                    low[here] = min(low[here], met[next_])
                    continue
                clock += 1
                met[next_] = low[next_] = clock
                below[next_], of[next_] = 1, root
                stack.append((next_, here, iter(near[next_])))
                break
            else:
                stack.pop()
                if here != root:
                    below[above] += below[here]
                    low[above] = min(low[above], low[here])
                    if low[here] >= met[above]:
                        hung[above] += below[here]
                        alone[above] += _pairs(below[here])
        sizes[root] = below[root]
    total = sum(map(_pairs, sizes.values()))
    # a thing of the set leaves nothing further apart
    return [
        -total if p in gone else _pairs(size := sizes[of[p]]) - total - alone[p] - _pairs(size - 1 - hung[p])
        for p in range(len(near))
    ], total


def _pairs(many: int) -> int:
    return many * (many - 1)
