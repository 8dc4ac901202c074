import { CouldNotJudge } from '../model/errors.ts';
import { endOf } from '../system/wait.ts';

/** The time of one launch, from its turn to its end. */
export class Turn {
  readonly #ended = Promise.withResolvers<void>();
  #letGo: (() => void) | undefined;
  #isWanted = false;

  /** Resolves when the launch has ended. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  end(): void {
    this.#ended.resolve();
  }

  /** Somebody waits for its end. */
  want(): void {
    this.#isWanted = true;
    this.#letGo?.();
  }

  /** The launch is one that may end as soon as another one is to start. */
  yields(letGo: () => void): void {
    this.#letGo = letGo;
    if (this.#isWanted) letGo();
  }
}

/** Launches of which no two may run at once, in the order in which they are asked for. */
export class TakeTurns {
  readonly #deadlineMs: number;
  #last: Turn | undefined;

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
  }

  /** Waits until every launch before has ended. @throws {CouldNotJudge} when one of them does not in time. */
  async next(): Promise<Turn> {
    const [before, turn] = [this.#last, new Turn()];
    this.#last = turn;
    before?.want();
    try {
      if (before) await endOf('the end of the launch before it', before.ended, { deadlineMs: this.#deadlineMs });
    } catch (cause) {
      turn.end();
      throw new CouldNotJudge('another launch had not ended, and two of this worker cannot run at once', { cause });
    }
    return turn;
  }
}
