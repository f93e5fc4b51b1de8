import assert from "node:assert/strict";
import { test } from "node:test";

import { headingOf, partSeen, pathOf, roundLength, runsSeen, scaleTo, shortened, textWidth } from "../../../src/roadalign/outputs/web/src/map/geometry.js";

const FRAME = { width: 380, height: 272, top: 50, bottom: 30, side: 8 };

test("the extent fits into the frame, its middle in the middle", () => {
  const { perMetre, pixel } = scaleTo({ along: [-100, 300], across: [-20, 20] }, FRAME);
  // 400 m along take the 364 pixels between the margins
  assert.equal(perMetre, 364 / 400);
  const [left, right, middle] = [pixel([-100, 0]), pixel([300, 0]), pixel([100, 0])];
  assert.ok(Math.abs(left[0] - 8) < 1e-9 && Math.abs(right[0] - 372) < 1e-9);
  assert.equal(middle[0], 190);
});

test("a high extent is bound by the height, a small one by five pixels a metre", () => {
  // 272 - 50 - 30 - 46 = 146 pixels for 292 m
  assert.equal(scaleTo({ along: [0, 10], across: [0, 292] }, FRAME).perMetre, 0.5);
  assert.equal(scaleTo({ along: [0, 1], across: [0, 1] }, FRAME).perMetre, 5);
});

test("a metre is as long everywhere and in both directions", () => {
  const { perMetre, pixel } = scaleTo({ along: [3, 77], across: [-9, 31] }, FRAME);
  const [from, to] = [pixel([10, -4]), pixel([13, 0])];
  assert.ok(Math.abs(Math.hypot(to[0] - from[0], to[1] - from[1]) - 5 * perMetre) < 1e-9);
});

test("a scale bar is the longest of 1, 2, 5, 10, … that fits", () => {
  assert.deepEqual([0.7, 1, 4.9, 5, 99, 100, 2300].map(roundLength), [0.5, 1, 2, 5, 50, 100, 2000]);
});

test("a heading is clockwise from north", () => {
  const [east, north] = headingOf({ at: [0, 0], heading_deg: 90, roads: [] });
  assert.ok(Math.abs(east - 1) < 1e-12 && Math.abs(north) < 1e-12);
});

test("of a ring the window leaves what lies in it", () => {
  const part = partSeen([[-5, -5], [5, -5], [5, 5], [-5, 5]], [0, 0, 10, 10]);
  assert.deepEqual(part.map(String).sort(), ["0,0", "0,5", "5,0", "5,5"]);
  assert.deepEqual(partSeen([[20, 20], [30, 20], [30, 30]], [0, 0, 10, 10]), []);
});

test("runs of a line: what is wholly on one side of the window is left out", () => {
  const runs = runsSeen([[-20, 5], [-10, 5], [5, 5], [20, 5], [30, 5], [30, 50], [5, 8], [6, 8]], [0, 0, 10, 10]);
  assert.deepEqual(runs, [[[-10, 5], [5, 5], [20, 5]], [[30, 50], [5, 8], [6, 8]]]);
});

test("a path in hundredths of a pixel", () => {
  assert.equal(pathOf([[0.004, 1.006], [2, 3]]), "M0 1.01L2 3");
});

test("a label that is too wide is cut, a Chinese letter is a square", () => {
  assert.equal(textWidth("路", 13), 13);
  assert.equal(shortened("S32", 100), "S32");
  const kept = shortened("申嘉湖高速公路延伸段", 60);
  assert.ok(kept.endsWith("…") && textWidth(kept.slice(0, -1)) < 60);
});
