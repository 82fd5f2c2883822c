import assert from "node:assert/strict";
import { test } from "node:test";

import { timeOf } from "../register/clock.ts";

test("a time is said as on every other page", () => {
  const said = (hour: number, minute: number): string => timeOf(new Date(2024, 4, 15, hour, minute));
  assert.deepEqual([said(9, 0), said(9, 5), said(12, 0), said(12, 30), said(16, 0), said(0, 0)], ["9am", "9:05am", "midday", "12:30pm", "4pm", "midnight"]);
});
