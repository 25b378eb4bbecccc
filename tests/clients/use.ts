// A household's first hour through the client that openapi-typescript makes; prints what it saw as JSON.

import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { argv } from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type StatementImport = components["schemas"]["StatementImport"];
type Upload = components["schemas"]["StatementUploadRequest"];

const PATIENCE = 120_000;
const [address, statement] = argv.slice(2) as [string, string];

const stranger = createClient<paths>({ baseUrl: address });
const pair = expected(
  await stranger.POST("/api/v1/auth/register", {
    body: { email: `${randomUUID()}@example.org`, password: "a long walk in March", country: "DE" },
  }),
);
const client = createClient<paths>({
  baseUrl: address,
  headers: { Authorization: `Bearer ${pair.access}` },
  querySerializer: { array: { style: "form", explode: false } },
});

const wanted = { name: "Checking", kind: "checking", currency: "EUR", opening_balance: "100.00" } as const;
const account = expected(await client.POST("/api/v1/accounts", { body: wanted }));
const { error: refused } = await client.POST("/api/v1/accounts", { body: wanted });

const form = (body: Upload): FormData => {
  const parts = new FormData();
  parts.append("file", body.file as unknown as Blob, basename(statement));
  if (body.account) parts.append("account", body.account);
  if (body.mapping) parts.append("mapping", new Blob([JSON.stringify(body.mapping)], { type: "application/json" }));
  return parts;
};
const job = await finished(
  expected(
    await client.POST("/api/v1/ingest/statements", {
      // A file has no type of its own in the generated types.
      body: {
        file: new Blob([await readFile(statement)]) as unknown as string,
        account: account.id,
        mapping: { decimal_mark: "." },
      },
      bodySerializer: form,
    }),
  ),
);

const page = expected(
  await client.GET("/api/v1/transactions", {
    params: { query: { limit: 5, ordering: ["-amount", "-date"], account: [account.id] } },
  }),
);
const [first] = page.results;
if (!first) throw new Error("The list is empty.");
const patched = expected(
  await client.PATCH("/api/v1/transactions/{id}", { params: { path: { id: first.id } }, body: { notes: "seen" } }),
);

const bulk = expected(
  await client.POST("/api/v1/transactions/bulk/create", {
    body: {
      rows: [
        { account: account.id, date: "2026-03-01", amount: "-12.50", description: "Market" },
        { account: account.id, date: "2026-03-02", amount: "-0.01", description: "Market" },
      ],
    },
  }),
);
const changes = expected(await client.GET("/api/v1/transactions/changes", { params: { query: { limit: 500 } } }));
const month = expected(
  await client.GET("/api/v1/transactions/summary", {
    params: { query: { date_from: "2026-03-01", date_to: "2026-03-31", group_by: ["month"] } },
  }),
);

const minimum_payment = { rule: "fixed", amount: "25.00" } as const;
const comparison = expected(
  await client.POST("/api/v1/debts/compare", {
    body: {
      monthly_budget: "200.00",
      currency: "EUR",
      debts: [
        { name: "Card", balance: "1000.00", apr: "20", minimum_payment },
        { name: "Loan", balance: "1000.00", apr: "10", minimum_payment },
      ],
    },
  }),
);
if (!("results" in comparison)) throw new Error("Asked for no job.");
const period = expected(await client.POST("/api/v1/budgets/periods", { body: { income_expected: "2000.00" } }));
const goal = expected(
  await client.POST("/api/v1/goals", {
    body: {
      kind: "emergency_fund",
      name: "Three months",
      target_amount: "3000.00",
      target_on: new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10),
      currency: "EUR",
    },
  }),
);

console.log(
  JSON.stringify({
    account: account.balance,
    refused: refused?.error_code === "ACCOUNT_NAME_TAKEN",
    imported: job.rows.new,
    page: [page.results.length, page.previous === null, typeof page.next === "string"],
    patched: patched.notes,
    bulk: bulk.rows.map((row) => row.outcome),
    changes: [changes.created.length, changes.deleted.length, changes.has_more],
    spent: month.lines.map((line) => [line.key["month"], line.spent]),
    strategies: comparison.results.map((result) => result.strategy),
    budget: period.income_expected,
    goal: [goal.remaining, goal.milestones.map((milestone) => milestone.percent)],
  }),
);

async function finished(started: StatementImport): Promise<StatementImport> {
  const deadline = Date.now() + PATIENCE;
  let job = started;
  while (job.finished_at === null && Date.now() < deadline) {
    await pause(100);
    job = expected(
      await client.GET("/api/v1/ingest/statements/{id}", { params: { path: { id: job.id } } }),
    );
  }
  if (job.status !== "succeeded") throw new Error(`The import is ${job.status}: ${job.error}`);
  return job;
}

function expected<Data>(answer: { data?: Data; error?: unknown; response: Response }): Data {
  if (answer.data === undefined) {
    throw new Error(`${answer.response.url}: ${answer.response.status} ${JSON.stringify(answer.error)}`);
  }
  return answer.data;
}
