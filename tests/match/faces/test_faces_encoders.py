"""An operator's own network is taken from a folder, or everything wrong with the folder is said at once."""

import numpy as np
import pytest

from entente.match import faces
from entente.match.faces import models, synthetic

pytestmark = pytest.mark.skipif(bool(faces.missing()), reason="entente[faces] is not installed")
GOOD = {
    "name": '"tiny"',
    "version": "3",
    "licence": '"made for a test"',
    "bias": '"knows nobody"',
    "size": "112",
    "dimension": "16",
    "mean": "127.5",
    "scale": "[127.5, 127.5, 127.5]",
    "channels": '"bgr"',
    "template": "[[38.3, 51.7], [73.5, 51.5], [56.0, 71.7], [41.5, 92.4], [70.7, 92.2]]",
}


def network(size: int = 112, dimension: int = 16, channels: int = 3) -> bytes:
    """Means over 8 pixels, and a matrix of chance."""
    from onnx import TensorProto, helper, numpy_helper

    cells = channels * (size // 8) ** 2
    matrix = np.random.default_rng(1).standard_normal((cells, dimension)).astype(np.float32)
    nodes = [
        helper.make_node("AveragePool", ["data"], ["a"], kernel_shape=[8, 8], strides=[8, 8]),
        helper.make_node("Flatten", ["a"], ["b"]),
        helper.make_node("MatMul", ["b", "m"], ["out"]),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("data", TensorProto.FLOAT, ["n", channels, size, size])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["n", dimension])],
        [numpy_helper.from_array(matrix, "m")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    return model.SerializeToString()


def folder(at, model: bytes | None = None, **changed):
    told = {**GOOD, **changed}
    text = "\n".join(f"{word} = {value}" for word, value in told.items() if value is not None)
    (at / "model.toml").write_text(text, "utf-8")
    if model is not None:
        (at / "tiny.onnx").write_bytes(model)
    return at


def test_a_network_of_the_operators_encodes_faces_in_a_space_of_its_own(tmp_path):
    encoder = models.load(folder(tmp_path, network()))
    told = faces.read(synthetic.portrait(synthetic.person(6), 1, 240), encoder)
    assert told.space == faces.space(encoder) == "tiny@3"
    assert told.faces[0].vector.shape == (16,)
    assert float(np.linalg.norm(told.faces[0].vector)) == pytest.approx(1, abs=1e-5)
    assert (encoder.licence, encoder.bias) == ("made for a test", "knows nobody")


def test_a_face_is_laid_with_its_eyes_where_the_template_has_them(tmp_path):
    encoder = models.load(folder(tmp_path, network()))
    picture = np.zeros((400, 400, 3), np.uint8)
    at = np.array([(250, 200), (230, 200), (150, 200), (170, 200), (200, 265.6)])
    picture[198:203, 158:163] = (255, 0, 0)  # the eye at the left of the picture
    picture[198:203, 238:243] = (0, 255, 0)
    chip = encoder.cut(picture, at)
    for channel, (x, y) in ((0, (38.3, 51.7)), (1, (73.5, 51.5))):
        rows, columns = np.nonzero(chip[:, :, channel] > 100)
        assert (columns.mean(), rows.mean()) == pytest.approx((x, y), abs=2)


def test_channels_go_in_in_the_order_that_is_described(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    chip = np.random.default_rng(2).integers(0, 256, (1, 112, 112, 3)).astype(np.uint8)
    bgr = models.load(folder(tmp_path / "a", network())).encode(chip)
    rgb = models.load(folder(tmp_path / "b", network(), channels='"rgb"')).encode(chip[..., ::-1])
    assert np.allclose(bgr, rgb)


def test_averaged_with_its_mirror_image_a_face_and_its_mirror_image_are_one(tmp_path):
    encoder = models.load(folder(tmp_path, network(), mirrored="true"))
    chip = np.random.default_rng(2).integers(0, 256, (1, 112, 112, 3)).astype(np.uint8)
    assert np.allclose(encoder.encode(chip), encoder.encode(chip[:, :, ::-1]), atol=1e-6)


def test_everything_that_is_wrong_with_a_folder_is_said_at_once(tmp_path):
    bad = folder(
        tmp_path,
        b"not a network",
        name='"Big Name"',
        dimension="12",
        scale="0",
        licence='" "',
        template="[[1, 2]]",
    )
    with (bad / "model.toml").open("a") as file:
        file.write("\nspeed = 9")
    with pytest.raises(models.BadModel) as told:
        models.load(bad)
    named = " ".join(told.value.faults)
    for word in ("name", "dimension", "scale", "licence", "template", "speed is not known", "tiny.onnx"):
        assert word in named
    assert len(told.value.faults) == 7


@pytest.mark.parametrize("word", sorted(GOOD))
def test_every_word_of_the_description_is_due(tmp_path, word):
    with pytest.raises(models.BadModel, match=f"{word} must be"):
        models.load(folder(tmp_path, network(), **{word: None}))


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (None, "0 files end in .onnx"),
        (network(96), "the network takes"),
        (network(channels=1), "the network takes"),
        (network(dimension=24), r"gives \(2, 24\) for two faces"),
    ],
)
def test_a_network_that_does_not_fit_its_description_is_refused(tmp_path, model, said):
    with pytest.raises(models.BadModel, match=said):
        models.load(folder(tmp_path, model))


def test_a_folder_that_is_not_there_or_holds_no_toml_is_refused(tmp_path):
    with pytest.raises(models.BadModel, match=r"there is no model\.toml"):
        models.load(tmp_path / "nowhere")
    (tmp_path / "model.toml").write_bytes(b"\xff= [")
    with pytest.raises(models.BadModel, match="is not TOML"):
        models.load(tmp_path)
