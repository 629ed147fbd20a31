import { useQueryClient } from "@tanstack/react-query";
import { Check, ChevronDown, ChevronUp, FlaskConical, X } from "lucide-react";
import { useEffect, useId } from "react";
import { counted, duration, moment } from "../../../../format";
import { FaultBanner } from "../../../../frame";
import { faultButton, onEvent, query, type MappingTest } from "../../../../ipc";
import { IconButton, Pill, TextButton, Unseen } from "../../../../kit";
import type { MappingDraft } from "../useMappingDraft";
import { LeftRecords } from "./LeftRecords";
import styles from "./Test.module.css";
import { TestedRows } from "./TestedRows";
import { leftOf, outcome, placeNow, step_words, steps, tally } from "./testWords";
import { useMappingTest, type MappingTesting } from "./useMappingTest";

const focusTestButton = () => document.querySelector<HTMLElement>("button[data-next-step]")?.focus();

/** What came of the newest test, under the table; nothing before the first. */
export function TestDock({ draft }: { draft: MappingDraft }) {
  const client = useQueryClient();
  const testing = useMappingTest(draft);
  const body_id = useId();
  const { object } = draft;
  const { test, running, fault } = testing;
  // A test that was begun before this window was drawn ends without an answer to it.
  useEffect(
    () =>
      onEvent((event) => {
        if (event.type === "mapping_test" && event.step === "ended") {
          void client.invalidateQueries({ queryKey: query("mapping.show", { object }).queryKey });
        }
      }),
    [client, object],
  );
  const busy = running || (!fault && test?.state === "running");
  const shown = busy || fault !== null || (test !== null && test.test !== testing.closed);
  const collapsed = !busy && (testing.collapsed ?? (!testing.mine && test?.state === "passed" && !leftOf(test).length));
  const Chevron = collapsed ? ChevronUp : ChevronDown;
  return (
    <>
      <div role="status" className={styles.said}>
        <Unseen>{saidOf(testing)}</Unseen>
      </div>
      {shown && (
        <section className={styles.dock} aria-label="Test result">
          <div className={styles.head}>
            <FlaskConical size={16} strokeWidth={1.75} aria-hidden />
            <h2 className={styles.title}>Test result</h2>
            <span className={styles.headline}>
              {busy ? (
                <Pill tone="accent">Testing…</Pill>
              ) : fault ? (
                <Pill tone="danger">Not tested</Pill>
              ) : (
                test && <Headline test={test} />
              )}
            </span>
            {!busy && !fault && test && <Facts test={test} since={testing.since} />}
            {!busy && (
              <span className={styles.tools}>
                <IconButton
                  small
                  label={collapsed ? "Show the test’s details" : "Hide the test’s details"}
                  icon={<Chevron size={16} strokeWidth={1.75} />}
                  aria-expanded={!collapsed}
                  aria-controls={collapsed ? undefined : body_id}
                  onClick={() => testing.setCollapsed(!collapsed)}
                />
                <IconButton
                  small
                  label="Close the test result"
                  icon={<X size={16} strokeWidth={1.75} />}
                  onClick={() => {
                    testing.close();
                    focusTestButton();
                  }}
                />
              </span>
            )}
          </div>
          {!collapsed && (
            <div id={body_id} className={styles.body} role="group" aria-label="Test details" tabIndex={0}>
              {busy ? (
                <Steps testing={testing} />
              ) : fault ? (
                <FaultBanner
                  fault={fault}
                  action={
                    faultButton(fault) || testing.offReason !== null ? undefined : (
                      <TextButton onClick={testing.run}>Test again</TextButton>
                    )
                  }
                />
              ) : (
                test && <Details draft={draft} testing={testing} test={test} />
              )}
            </div>
          )}
        </section>
      )}
    </>
  );
}

/** For screen readers: only what happens while somebody is here, not what was found at opening. */
function saidOf({ running, step, fault, mine, test }: MappingTesting): string {
  if (running) return step ? `Testing the mapping. ${step_words[step]}.` : "Testing the mapping.";
  if (fault) return "The mapping was not tested.";
  if (!mine || !test) return "";
  return `Test: ${outcome(test).text}. ${test.sentence}`;
}

function Headline({ test }: { test: MappingTest }) {
  const { tone, text } = outcome(test);
  const left = leftOf(test).length;
  return (
    <>
      <Pill tone={tone}>{text}</Pill>
      {left > 0 && <Pill tone="danger">{counted(left, "record left", "records left")}</Pill>}
      <span>{tally(test).join(" · ")}</span>
    </>
  );
}

function Facts({ test, since }: { test: MappingTest; since: string | null }) {
  const facts = [
    moment(test.started_at),
    test.started_by,
    ...(test.records.length > 0 && test.deleted
      ? [test.records.length === 1 ? "record deleted" : "records deleted"]
      : []),
    counted(test.api_calls, "API call", "API calls"),
    duration(test.seconds),
  ];
  return (
    <span className={styles.facts}>
      {since && <span className={styles.since}>{since} </span>}
      {facts.filter(Boolean).join(" · ")}
    </span>
  );
}

function Steps({ testing }: { testing: MappingTesting }) {
  const now = testing.step === "ended" ? steps.length : steps.findIndex((one) => one.step === testing.step);
  return (
    <ol className={styles.steps}>
      {steps.map(({ step, text }, index) => (
        <li key={step} aria-current={index === now ? "step" : undefined} data-done={index < now || undefined}>
          {index < now && <Check size={14} strokeWidth={1.75} aria-hidden />}
          {index === now ? `${step_words[step]}…` : text}
          {index < now && <Unseen>, done</Unseen>}
        </li>
      ))}
    </ol>
  );
}

function Details({ draft, testing, test }: { draft: MappingDraft; testing: MappingTesting; test: MappingTest }) {
  const { error } = test;
  return (
    <>
      <p className={styles.sentence}>
        {test.sentence}
        {test.sample_name && <span className={styles.quiet}> Sample: {test.sample_name}.</span>}
      </p>
      {error && (
        <p className={styles.error}>
          <span>Salesforce’s code</span> <code>{error.code}</code>
          {error.rows.map((row) => {
            const place = placeNow(draft.rows, testing.sent, row, error.targets);
            return place === null ? (
              <span key={row}>Row {row}, deleted since</span>
            ) : (
              <TextButton key={row} onClick={() => draft.showRow(place)}>
                Show row {place}
              </TextButton>
            );
          })}
          {error.rows.length === 0 && error.targets.map((target) => <code key={target}>{target}</code>)}
        </p>
      )}
      <LeftRecords draft={draft} testing={testing} records={leftOf(test)} />
      {test.fields.length > 0 && <TestedRows draft={draft} fields={test.fields} sent={testing.sent} />}
    </>
  );
}
