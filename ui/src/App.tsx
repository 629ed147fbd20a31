import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { Redirect, Route, Router, Switch } from "wouter";
import {
  AuditPage,
  ChoosePage,
  DataSharingPage,
  IntegrationPage,
  ListPage,
  ListsPage,
  PeoplePage,
  RunPage,
  RunsPage,
} from "./features";
import { Frame } from "./frame";
import { useGuardedHash } from "./frame/guard";
import { ToastProvider } from "./kit";

/** The kept answers. The engine is on this machine: no retries, and no pause when the network is away. */
function makeClient(): QueryClient {
  const always = { networkMode: "always", retry: false } as const;
  return new QueryClient({
    defaultOptions: { queries: { ...always, refetchOnWindowFocus: false }, mutations: always },
  });
}

const number = (text: string | undefined) => Number(text ?? Number.NaN);

export function App() {
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      <ToastProvider>
        <Router hook={useGuardedHash}>
          <Frame>
            <Switch>
              <Route path="/lists">
                <ListsPage />
              </Route>
              <Route path="/lists/:list">{({ list }) => <ListPage key={list} listId={number(list)} />}</Route>
              <Route path="/runs">
                <RunsPage />
              </Route>
              <Route path="/runs/new">
                <ChoosePage />
              </Route>
              <Route path="/runs/:run/:step?">
                {({ run, step }) => <RunPage key={run} run={number(run)} step={step} />}
              </Route>
              <Route path="/integration/:tab?">{({ tab }) => <IntegrationPage tab={tab} />}</Route>
              <Route path="/people">
                <PeoplePage />
              </Route>
              <Route path="/audit">
                <AuditPage />
              </Route>
              <Route path="/data">
                <DataSharingPage />
              </Route>
              <Route>
                <Redirect to="/lists" replace />
              </Route>
            </Switch>
          </Frame>
        </Router>
      </ToastProvider>
    </QueryClientProvider>
  );
}
