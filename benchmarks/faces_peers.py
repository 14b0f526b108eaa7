"""A peer of `benchmarks.faces`, in a process of its own (.venv-peers). Prints JSON.

`search NAME FOLDER BEST`: a faiss index on two threads. `dlib FOLDER POINTS ENCODER`: dlib's pipeline as the
package `face_recognition` has it, HOG detector with one enlargement.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np


def search(name: str, folder: str, best: str) -> dict[str, object]:
    import faiss  # noqa: PLC0415

    faiss.omp_set_num_threads(2)
    kept, asked = (np.load(Path(folder) / f"{file}.npy") for file in ("kept", "asked"))
    if name == "flat":
        what, index = "faiss IndexFlatIP, 2 threads", faiss.IndexFlatIP(kept.shape[1])
    else:
        kind = {"byte": faiss.ScalarQuantizer.QT_8bit, "half": faiss.ScalarQuantizer.QT_fp16}[name]
        what = f"faiss IndexScalarQuantizer {'8 bit' if name == 'byte' else 'float16'}, 2 threads"
        index = faiss.IndexScalarQuantizer(kept.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        index.train(kept[:100_000])
    index.add(kept)
    del kept
    took, told, before = [], [], time.process_time()
    for question in asked:
        start = time.perf_counter()
        _, rows = index.search(question[None], int(best))
        took.append((time.perf_counter() - start) * 1000)
        told.append(rows[0].tolist())
    spent = (time.process_time() - before) / len(asked) * 1000
    p50, p95 = np.percentile(took, (50, 95))
    return {"what": what, "p50": p50, "p95": p95, "cpu": spent, "told": told}


def dlib(folder: str, points: str, encoder: str) -> dict[str, object]:
    import dlib as library  # noqa: PLC0415

    finder = library.get_frontal_face_detector()
    shapes, network = library.shape_predictor(points), library.face_recognition_model_v1(encoder)
    found, chips = [], []
    for number, grey in enumerate(np.load(Path(folder) / "pictures.npy")):
        picture = np.repeat(grey[:, :, None], 3, 2)
        boxes, _, _ = finder.run(picture, 1, -0.5)
        if boxes:
            shape = shapes(picture, max(boxes, key=lambda box: box.area()))
            chips.append(library.get_face_chip(picture, shape, 150, 0.25))
            found.append(number)
    np.save(Path(folder) / "chips.npy", np.stack(chips))
    start = time.process_time()
    vectors = [list(network.compute_face_descriptor(chip)) for chip in chips]
    spent = time.process_time() - start
    return {"found": found, "vectors": vectors, "encode_per_s": len(chips) / spent}


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
