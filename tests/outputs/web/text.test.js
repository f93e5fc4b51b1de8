import assert from "node:assert/strict";
import { test } from "node:test";

import { fill, lookup, oneLine, plain, wordOf } from "../../../src/roadalign/outputs/web/src/shared/text.js";

test("only what a table itself holds is found", () => {
  assert.equal(lookup({ a: 1 }, "a"), 1);
  for (const key of ["constructor", "__proto__", "toString", "hasOwnProperty"]) assert.equal(lookup({ a: 1 }, key), undefined);
  assert.equal(lookup(undefined, "a"), undefined);
  assert.equal(lookup(JSON.parse('{"__proto__": 2}'), "__proto__"), 2);
});

test("a word that is not there stands for itself", () => {
  const catalogue = { verdict: { missing: "fehlt" }, title: "T" };
  assert.equal(wordOf(catalogue, "verdict.missing"), "fehlt");
  assert.equal(wordOf(catalogue, "verdict.constructor"), "constructor");
  assert.equal(wordOf(catalogue, "title"), "T");
});

test("names in braces are filled in once, and only with what is given", () => {
  assert.equal(fill("{a} and {b}", { a: "{b}", b: 2 }), "{b} and 2");
  assert.equal(fill("{constructor}", {}), "undefined");
});

test("a name stays on its line", () => {
  assert.equal(oneLine(" one\ntwo\u2028three\t"), "one two three");
});

test("full-width and upper letters are found as plain ones", () => {
  assert.equal(plain("Ｓ３２ Road"), "s32 road");
});
