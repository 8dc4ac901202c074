/** A contract that uses every section, for tests. */
export const exampleText = `worker: agent-runner
version: 1.0.0
source: { entry: main.py, manager: poetry }
interface: { version: [--version], help: [--help] }
temporal:
  address: TEMPORAL_SERVICE_ADDRESS
  namespace: TEMPORAL_NAMESPACE
  taskQueue: TEMPORAL_TASK_QUEUE
services: [llm, redis]
environment:
  MODE:               { default: local, allowed: [local, cloud] }
  ANTHROPIC_API_KEY:  { required: true, secret: true, reaches: llm.header.x-api-key }
  ANTHROPIC_BASE_URL: { from: llm.url }
  REDIS_URL:          { from: redis.url }
  MAX_CONCURRENCY:    { type: integer, default: 10, invalid: ["zero", "-1"] }
registers:
  workflows: [AgentExecution]
  activities: [ensure_thread, execute_agent, cleanup_sandbox]
executions:
  - name: answers with the model's reply
    workflow: AgentExecution
    input: [{ thread: t-1, message: "2+2?" }]
    llm: [{ text: "4" }]
    expect: { result: { status: completed, answer: "4" } }
shutdown: { signals: [SIGTERM, SIGINT], exitCode: 0, withinSeconds: 15, inFlight: drain }
bundle: { python: ">=3.11", excludes: [pytest, mypy, tkinter, matplotlib], glibc: "2.28" }
budgets: { sizeMb: 100, versionSeconds: 3, readySeconds: 10, memoryMb: 400, diskMb: 400 }
regression: { cpuPercent: 5, wallPercent: 10, throughputPercent: 10, tolerance: 1 }
platforms: [linux-amd64, linux-arm64, darwin-amd64, darwin-arm64, windows-amd64]
`;

/** The least that is a contract. */
export const smallText = `worker: w
temporal: { address: TEMPORAL_ADDRESS }
registers: { workflows: [Greet] }
`;
