import type { Service } from './service.ts';

/** The model: a stand-in for each launch, which it asks at the address that a user would set. */
export const service = {
  id: 'llm',
  start: async () => ({
    info: {
      version: 'aimock',
      origin: 'stand-in outside the executable',
      notVerified: 'The real model provider: the model is a stand-in outside the executable.',
    },
    async [Symbol.asyncDispose]() {},
  }),
  join: async () => ({
    enter: async ({ model }) => ({
      places: { url: await model.listen() },
      seen: () => model.requests.map(({ path }) => path),
      leave: () => model[Symbol.asyncDispose](),
    }),
    async [Symbol.asyncDispose]() {},
  }),
} satisfies Service;
