import assert from "node:assert/strict";
import { test } from "node:test";

import { unpack } from "../../../src/roadalign/outputs/web/src/shared/pack.js";

test("a line of one place: longitude first, zigzag, five bits a letter", () => {
  // 0.000001 east is 1, folded 2, letter 2 + 63 = "A"; 0.000002 south is -2, folded 3, letter "B"
  assert.deepEqual(unpack("AB"), [[-0.000002, 0.000001]]);
});

test("later places are steps from the one before", () => {
  assert.deepEqual(unpack("AAAA"), [[0.000001, 0.000001], [0.000002, 0.000002]]);
});

test("a number of several letters: the low bits first, 32 more where one follows", () => {
  // 100 folded is 200 = 6 * 32 + 8: letters 8 + 32 + 63 = "g" and 6 + 63 = "E"
  assert.deepEqual(unpack("gE?"), [[0, 0.0001]]);
});

test("nothing packed is no place", () => {
  assert.deepEqual(unpack(""), []);
});
