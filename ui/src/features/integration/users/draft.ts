import type { PersonMapping, SalesforceUser, UserChoice, UserMappingChange } from "../../../ipc";

/** What somebody chose for a person and did not save yet. */
export type Choice =
  | { choice: "user"; user: SalesforceUser }
  | { choice: "nobody" }
  | { choice: "automatic" };

export type Choices = ReadonlyMap<number, Choice>;

/** Whether a choice says what is saved already. */
function saysTheSame(saved: PersonMapping, choice: Choice): boolean {
  switch (choice.choice) {
    case "user":
      return saved.by === "admin" && saved.salesforce_user?.user_id === choice.user.user_id;
    case "nobody":
      return saved.by === "admin" && saved.salesforce_user === null;
    case "automatic":
      return saved.by !== "admin";
  }
}

/** The choices with one more for each person; a choice that changes nothing is dropped. */
export function choose(now: Choices, people: PersonMapping[], choice: Choice): Choices {
  const next = new Map(now);
  for (const one of people) {
    if (saysTheSame(one, choice)) next.delete(one.person);
    else next.set(one.person, choice);
  }
  return next;
}

const toChoice = (choice: Choice): UserChoice =>
  choice.choice === "user"
    ? { choice: "user", user_id: choice.user.user_id }
    : { choice: choice.choice };

export const changesOf = (choices: Choices): UserMappingChange[] =>
  [...choices].map(([person, choice]) => ({ person, to: toChoice(choice) }));

/** What a person's line is about, in the order of its urgency. */
export type Need = "choose" | "unmapped" | "mapped" | "admin";

export const needOf = (person: PersonMapping): Need => {
  if (person.by === "admin") return "admin";
  if (person.salesforce_user) return "mapped";
  return person.candidates.length > 0 ? "choose" : "unmapped";
};

const urgency: Record<Need, number> = { choose: 0, unmapped: 1, mapped: 3, admin: 3 };

const urgencyOf = (person: PersonMapping): number =>
  person.warning === null ? urgency[needOf(person)] : Math.min(urgency[needOf(person)], 2);

/** Those who need somebody first, each group in the order in which it came. */
export const inOrder = (people: PersonMapping[]): PersonMapping[] =>
  people.toSorted((a, b) => urgencyOf(a) - urgencyOf(b));

/** Whether every word is in the person's name or address, or in those of the user. */
export function fits(person: PersonMapping, choice: Choice | undefined, words: string[]): boolean {
  const user = choice?.choice === "user" ? choice.user : person.salesforce_user;
  const text = [person.name, person.email, user?.name, user?.username, user?.email].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What a choice makes of a person, in one sentence. */
export function choiceSentence(person: PersonMapping, choice: Choice): string {
  switch (choice.choice) {
    case "user":
      return `Not saved: ${choice.user.name} will own what ${person.name} exports.`;
    case "nobody":
      return "Not saved: the connected user will own what this person exports.";
    case "automatic":
      return "Not saved: found by e-mail address, then by full name.";
  }
}
