import { useQuery } from "@tanstack/react-query";
import { ListChecks, X } from "lucide-react";
import { FaultBanner, useAppState } from "../../../frame";
import { query, type AssignmentRule, type AssignmentRules, type Fault } from "../../../ipc";
import { Button, Card, Combobox, Labelled, type ComboboxGroup } from "../../../kit";
import styles from "./Export.module.css";

const none = "";

/** The assignment rule of Bulk exports of leads, chosen from the org's own. */
export function AssignmentCard({
  rule,
  lockedBy,
  onChange,
}: {
  rule: AssignmentRule | null;
  lockedBy: string | undefined;
  onChange: (rule: AssignmentRule | null) => void;
}) {
  const connected = useAppState().data?.session === "connected";
  const rules = useQuery<AssignmentRules, Fault>({
    ...query("settings.assignment_rules", {}),
    enabled: connected && lockedBy === undefined,
  });
  const known = rules.data?.rules ?? [];
  const groups = (): ComboboxGroup[] => [
    { label: "Without a rule", options: [{ key: none, label: "None", note: "Owners as the plan says" }] },
    {
      label: "Lead assignment rules of the org",
      options: known.map((one) => ({
        key: one.rule_id,
        label: one.name,
        code: one.rule_id,
        icon: <ListChecks size={14} strokeWidth={1.75} aria-hidden />,
        ...(one.rule_id === rules.data?.active_rule_id ? { aside: "active" } : {}),
      })),
    },
  ];
  const gone = rule !== null && rules.data && !known.some((one) => one.rule_id === rule.rule_id);
  const off =
    lockedBy ??
    (!connected
      ? "Connect the org to choose one."
      : rules.isPending
        ? "The org’s rules are being read."
        : undefined);
  return (
    <Card title="Assignment of leads">
      <div className={styles.stack}>
        <p className={styles.soft}>
          25 new leads or fewer always run the org’s active rule, and it decides who owns them. 26 or more
          never do, unless a rule is chosen here.
        </p>
        {rules.isError && (
          <FaultBanner
            fault={rules.error}
            action={
              <Button size="small" onClick={() => void rules.refetch()}>
                Try again
              </Button>
            }
          />
        )}
        <Labelled label="Rule for 26 leads or more">
          <Combobox
            label={`Rule for 26 leads or more, ${rule?.name ?? "none"}`}
            groups={groups}
            value={rule?.rule_id ?? none}
            noun="rules"
            placeholder="None"
            off={off}
            onChoose={(id) => onChange(known.find((one) => one.rule_id === id) ?? null)}
          >
            {rule?.name ?? "None"}
          </Combobox>
          {off && lockedBy === undefined && !rules.isError && <span className={styles.soft}>{off}</span>}
        </Labelled>
        {gone && (
          <p className={styles.gone}>
            The org has no rule “{rule.name}” any more. Choose another, or none.
            <Button
              size="small"
              look="quiet"
              icon={<X size={12} strokeWidth={1.75} aria-hidden />}
              onClick={() => onChange(null)}
            >
              No rule
            </Button>
          </p>
        )}
      </div>
    </Card>
  );
}
