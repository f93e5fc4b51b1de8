import assert from "node:assert/strict";
import { test } from "node:test";

import { dayIn, numberIn, percent, shortIn } from "../../../src/roadalign/outputs/web/src/shared/numbers.js";

test("so many decimals, thousands parted", () => {
  assert.equal(numberIn("en", 1234.56, 1), "1,234.6");
  assert.equal(numberIn("zh", 1234.5, 0), "1,235");
  assert.equal(numberIn("en", 3, 2), "3.00");
});

test("never a negative zero", () => {
  assert.equal(numberIn("en", -0.04, 1), "0.0");
  assert.equal(shortIn("en", -0), "0");
});

test("as many decimals as there are, two at most", () => {
  assert.equal(shortIn("en", 7), "7");
  assert.equal(shortIn("en", 7.5), "7.5");
  assert.equal(shortIn("zh", 7.256), "7.26");
});

test("a day in words; what is no day stays", () => {
  assert.equal(dayIn("en", "2026-03-01"), "1 March 2026");
  assert.equal(dayIn("zh", "2026-03-01T23:30:00Z"), "2026年3月1日");
  assert.equal(dayIn("en", "soon"), "soon");
  assert.equal(dayIn("en", "2026-99-01"), "2026-99-01");
});

test("a rate in hundredths, a dash where there is none", () => {
  assert.equal(percent(0.666), "67%");
  assert.equal(percent(0), "0%");
  assert.equal(percent(null), "—");
});
