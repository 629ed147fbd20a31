import type { RunFollower, RunView } from "../../ipc";
import styles from "./Runs.module.css";

/** What a later run did with this one. */
function followerWords({ kind, state }: RunFollower): string {
  if (kind === "export") return state === "planned" ? "To be sent again by" : "Sent again by";
  if (state === "planned" || state === "planning") return "An undo is planned:";
  return state === "done" ? "Undone by" : "Being undone by";
}

/** The run that this one came from, and the runs that came of it. */
export function Followers({ view }: { view: RunView }) {
  const { source_run, kind } = view.summary;
  if (source_run === null && view.followers.length === 0) return null;
  return (
    <ul className={styles.followers} aria-label="Related runs">
      {source_run !== null && (
        <li>
          {kind === "undo" ? "Undoes" : "Made from"} <a href={`#/runs/${source_run}`}>run {source_run}</a>
        </li>
      )}
      {view.followers.map((follower) => (
        <li key={follower.run}>
          {followerWords(follower)} <a href={`#/runs/${follower.run}`}>run {follower.run}</a>
        </li>
      ))}
    </ul>
  );
}
