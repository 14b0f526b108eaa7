"""The two networks as ONNX, built in memory: what any runtime of that format computes.

Sources: He et al., "Deep Residual Learning" (2016), in the form in which the weights were published; King,
"Max-Margin Object Detection" (2015), for the detector that is convolutions alone.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.match.faces.weights import Convolution, Detector, Residual

MEAN = (122.782, 117.001, 104.298)
"""Of red, green and blue over the pictures that both networks were trained on."""
SIDE = 150
"""Pixels a side of a face as the encoder takes it."""
_OPSET, _FORMAT = 17, 9


class _Graph:
    """Nodes and constants of a network, in the order in which they are asked for."""

    def __init__(self) -> None:
        from onnx import helper, numpy_helper  # noqa: PLC0415 - an extra, absent in most houses

        self.helper: Any = helper
        self.numpy_helper: Any = numpy_helper
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def op(self, kind: str, *inputs: str, **told: Any) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(self.helper.make_node(kind, list(inputs), [name], **told))
        return name

    def const(self, values: NDArray[Any]) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(self.numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def convolved(self, what: str, by: Convolution) -> str:
        height, width = by.weights.shape[2:]
        given = {"kernel_shape": [height, width], "strides": [by.stride] * 2, "pads": [by.pad] * 4}
        return self.op("Conv", what, self.const(by.weights), self.const(by.bias), **given)

    def padded(self, what: str, channels: int, rows: int, columns: int) -> str:
        if not (channels or rows or columns):
            return what
        return self.op("Pad", what, self.const(np.array([0, 0, 0, 0, 0, channels, rows, columns], np.int64)))

    def bytes(self, name: str, end: str, taken: list[Any], given: list[Any]) -> bytes:
        helper = self.helper
        real = 1  # TensorProto.FLOAT
        inputs = [helper.make_tensor_value_info("x", real, taken)]
        outputs = [helper.make_tensor_value_info(end, real, given)]
        graph = helper.make_graph(self.nodes, name, inputs, outputs, self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)])
        model.ir_version = _FORMAT
        return bytes(model.SerializeToString())


def encoder(weights: Residual) -> bytes:
    """(n, 3, 150, 150) float32 → (n, 128) float32, not yet of length one."""
    graph, following = _Graph(), iter(weights.convolutions)
    x = graph.op("Relu", graph.convolved("x", next(following)))
    x = graph.op("MaxPool", x, kernel_shape=[3, 3], strides=[2, 2])
    size, channels = 35, 32
    for filters, blocks, halved in (
        (32, 3, False),
        (64, 4, True),
        (128, 3, True),
        (256, 3, True),
        (256, 1, True),
    ):
        for block in range(blocks):
            if halved and block == 0:
                x, size = _halving(graph, x, following, size, channels)
            else:
                y = _two(graph, x, following)
                x = graph.op("Relu", graph.op("Add", y, x))
            channels = filters
    x = graph.op("Flatten", graph.op("GlobalAveragePool", x))
    x = graph.op("MatMul", x, graph.const(weights.last))
    return graph.bytes("faces_residual", x, ["n", 3, SIDE, SIDE], ["n", weights.last.shape[1]])


def _two(graph: _Graph, x: str, following: Iterator[Convolution]) -> str:
    first, second = next(following), next(following)
    return graph.convolved(graph.op("Relu", graph.convolved(x, first)), second)


def _halving(
    graph: _Graph, x: str, following: Iterator[Convolution], size: int, channels: int
) -> tuple[str, int]:
    """A block that halves the picture and adds channels; the smaller of both sides is filled with noughts."""
    first, second = next(following), next(following)
    y = graph.convolved(graph.op("Relu", graph.convolved(x, first)), second)
    x = graph.op("AveragePool", x, kernel_shape=[2, 2], strides=[2, 2])
    long, short = (size - 3) // 2 + 1, (size - 2) // 2 + 1
    size = max(long, short)
    x = graph.padded(x, len(second.bias) - channels, size - short, size - short)
    y = graph.padded(y, 0, size - long, size - long)
    return graph.op("Relu", graph.op("Add", y, x)), size


def detector(weights: Detector) -> bytes:
    """(1, 3, h, w) float32 → (1, 1, rows, columns) float32: how much each place looks like a face."""
    graph, x = _Graph(), "x"
    for convolution in weights.convolutions[:-1]:
        x = graph.op("Relu", graph.convolved(x, convolution))
    x = graph.convolved(x, weights.convolutions[-1])
    return graph.bytes("faces_detector", x, [1, 3, "h", "w"], [1, 1, "rows", "columns"])


def prepared(pictures: NDArray[np.uint8], mean: tuple[float, float, float] = MEAN) -> NDArray[np.float32]:
    """(n, h, w, 3) RGB → (n, 3, h, w), what both networks take."""
    scaled = (pictures.astype(np.float32) - np.asarray(mean, np.float32)) * np.float32(1 / 256)
    return np.ascontiguousarray(scaled.transpose(0, 3, 1, 2))
