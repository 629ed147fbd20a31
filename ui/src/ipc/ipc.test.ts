import { expect, it } from "vitest";
import { fault, startEngine } from "../testing";
import { check } from "../testing/samples";
import { call, onEvent, sendDroppedFile, type Event } from ".";

it("gives the engine's answer, and its fault as it is", async () => {
  startEngine({
    "lists.list": (params) => {
      if (params.search === "bad") throw fault("workspace_busy", "Another window uses it.");
      return { lists: [], total_lists: 3 };
    },
  });
  await expect(call("lists.list", { search: "" })).resolves.toEqual({ lists: [], total_lists: 3 });
  await expect(call("lists.list", { search: "bad" })).rejects.toMatchObject({ code: "workspace_busy" });
});

it("makes a fault of whatever else a call rejects with", async () => {
  startEngine({
    "lists.list": () => {
      throw new Error("no such command");
    },
  });
  await expect(call("lists.list", { search: "" })).rejects.toMatchObject({
    code: "internal",
    detail: "no such command",
  });
});

it("tells every listener what the engine tells, until it goes", () => {
  const engine = startEngine({});
  const heard: Event[] = [];
  const stop = onEvent((event) => heard.push(event));
  engine.tell({ type: "lists" });
  stop();
  engine.tell({ type: "lists" });
  expect(heard).toEqual([{ type: "lists" }]);
});

it("sends a dropped file whole, in order, in chunks of 1 MiB", async () => {
  const engine = startEngine({ "lists.drop_file": check().file });
  const bytes = new Uint8Array(2_500_000).map((_, index) => index % 251);
  const sent: number[] = [];
  await sendDroppedFile(new File([bytes], "a.csv"), (n) => sent.push(n), new AbortController().signal);
  expect(engine.chunks.map((chunk) => chunk.length)).toEqual([1_048_576, 1_048_576, 402_848]);
  expect(sent).toEqual([1_048_576, 2_097_152, 2_500_000]);
  const starts = [0, 1_048_576, 2_097_152].flatMap((offset) => [...bytes.slice(offset, offset + 2)]);
  expect(engine.chunks.flatMap((chunk) => [...chunk.slice(0, 2)])).toEqual(starts);
});

it("gives a dropped file back when it is stopped", async () => {
  const engine = startEngine({ "lists.drop_file": check().file, "lists.cancel_file": {} });
  const stop = new AbortController();
  const sending = sendDroppedFile(
    new File([new Uint8Array(3_000_000)], "a.csv"),
    () => stop.abort(),
    stop.signal,
  );
  await expect(sending).rejects.toMatchObject({ code: "cancelled" });
  expect(engine.chunks).toHaveLength(1);
  expect(engine.asked("lists.cancel_file")).toEqual([{ file_id: "f1" }]);
});
