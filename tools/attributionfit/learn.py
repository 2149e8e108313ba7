"""Fits boosted trees to a table that tools/attributionfit wrote, with LightGBM (requirements.txt).

learn.py DIR: reads DIR/table.json (name, columns, rows, folds) and the numbers beside it; writes
DIR/model.txt, the trees fitted to all rows, and DIR/scores.f32, the score of each row from trees
fitted without its fold.
"""
import json
import os
import sys
import time

import lightgbm
import numpy as np

TREES = {"cue": 300, "source": 200, "content": 400, "judge": 120}
FOLDS = 3
SETTINGS = dict(
    num_leaves=31, learning_rate=.06, min_data_in_leaf=20, feature_fraction=.5, bagging_fraction=.8, bagging_freq=1,
    lambda_l2=2.0, cat_smooth=20, cat_l2=20, max_cat_threshold=16, max_bin=255, seed=1, deterministic=True, verbose=-1, num_threads=1)


def main(folder):
    table = json.load(open(folder + "/table.json"))
    name, columns = table["name"], table["columns"]
    y = np.fromfile(folder + "/y.f32", np.float32)
    x = np.fromfile(folder + "/x.f32", np.float32).reshape(len(y), len(columns))
    fold = np.fromfile(folder + "/group.i32", np.int32) % FOLDS
    train = np.fromfile(folder + "/train.u8", np.uint8).astype(bool)
    cats = [i for i, c in enumerate(columns) if c.startswith("#")]
    settings = dict(SETTINGS, objective="cross_entropy" if name == "content" else "binary")
    trees = int(os.environ.get("TREES_" + name.upper(), TREES[name]))
    start = time.time()

    def fit(rows):
        return lightgbm.train(settings, lightgbm.Dataset(x[rows], y[rows], categorical_feature=cats), trees)

    scores = np.zeros(len(y), np.float32)
    for f in range(FOLDS):
        scores[fold == f] = fit(train & (fold != f)).predict(x[fold == f])
    scores.tofile(folder + "/scores.f32")
    whole = fit(train)
    whole.save_model(folder + "/model.txt")
    gain = sorted(zip(whole.feature_importance("gain"), columns), reverse=True)
    print("%s: %d rows, %.0f true, %d columns, %.0f s; by gain: %s" % (
        name, len(y), y.sum(), len(columns), time.time() - start, ", ".join("%s %.0f" % (c, g) for g, c in gain[:12])), file=sys.stderr)


main(sys.argv[1])
