import { payloadOf, withPayload } from './event-stream.ts';

/** What a client asks for when it asks a model: a provider's way of writing requests and answers, known by the end of the path. */
export type ModelFormat = {
  readonly id: string;
  /** The end of the path, below whatever base address a client was given. */
  readonly path: RegExp;
  /** Where the stand-in's library answers it; the path's own end where it is left out. */
  readonly to?: string;
  /** How the provider words a failure; left out for what no reply of the contract is about. */
  readonly failure?: (status: number, message: string) => unknown;
  /** The type of a failure, where it goes in a header. */
  readonly failureHeader?: { readonly name: string; readonly types: Types };
  /** How a provider says that an answer with tool calls is whole, where the library has another word. */
  readonly callsFinish?: string;
  /** A piece of a stream as the provider sends it, where the library has another; nothing where it sends none. */
  readonly piece?: (piece: Buffer) => Buffer | undefined;
};

/** The types of failures by HTTP status. */
type Types = Readonly<Record<number, string>>;

const typeOf = (types: Types, status: number, usual: string): string => types[status] ?? usual;

/** https://docs.anthropic.com/en/api/errors */
const anthropic: Types = {
  401: 'authentication_error', 403: 'permission_error', 404: 'not_found_error', 413: 'request_too_large', 429: 'rate_limit_error',
  500: 'api_error', 504: 'timeout_error', 529: 'overloaded_error',
};
const anthropicFailure = (status: number, message: string) => (
  { type: 'error', error: { type: typeOf(anthropic, status, status < 500 ? 'invalid_request_error' : 'api_error'), message } }
);

/** https://platform.openai.com/docs/guides/error-codes */
const openai: Types = { 401: 'invalid_api_key', 404: 'model_not_found', 429: 'rate_limit_exceeded' };
const openaiFailure = (status: number, message: string) => (
  { error: { message, type: status < 500 ? 'invalid_request_error' : 'server_error', param: null, code: openai[status] ?? null } }
);

/** The names of google.rpc.Code: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const google: Types = {
  400: 'INVALID_ARGUMENT', 401: 'UNAUTHENTICATED', 403: 'PERMISSION_DENIED', 404: 'NOT_FOUND', 409: 'ABORTED', 429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE', 504: 'DEADLINE_EXCEEDED',
};
const googleFailure = (code: number, message: string) => (
  { error: { code, message, status: typeOf(google, code, code < 500 ? 'FAILED_PRECONDITION' : 'INTERNAL') } }
);

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors */
const bedrock: Types = {
  400: 'ValidationException', 403: 'AccessDeniedException', 404: 'ResourceNotFoundException', 408: 'ModelTimeoutException',
  424: 'ModelErrorException', 429: 'ThrottlingException', 500: 'InternalServerException', 503: 'ServiceUnavailableException',
};

const bedrockFailure = {
  failure: (_: number, message: string) => ({ message }), failureHeader: { name: 'x-amzn-errortype', types: bedrock },
};

/** What the stand-in answers, by the end of the path: https://aimock.copilotkit.dev/docs. The first that fits is it. */
export const modelFormats: readonly ModelFormat[] = [
  { id: 'Azure OpenAI', path: /\/openai\/deployments\/[^/]+\/chat\/completions$/, failure: openaiFailure },
  { id: 'OpenAI chat', path: /(?:\/v1)?\/chat\/completions$/, to: '/v1/chat/completions', failure: openaiFailure },
  { id: 'OpenAI responses', path: /(?:\/v1)?\/responses$/, to: '/v1/responses', failure: openaiFailure },
  { id: 'Anthropic', path: /\/v1\/messages$/, failure: anthropicFailure },
  {
    id: 'Gemini', to: '/v1beta', failure: googleFailure, callsFinish: 'stop',
    path: /\/v1\w*(?:\/projects\/[^/]+\/locations\/[^/]+)?(?:\/publishers\/google)?(?=\/models\/[^/:]+:(?:g|streamG)enerateContent$)/,
  },
  {
    id: 'Bedrock', path: /\/model\/[^/]+\/(?:invoke|converse|converse-stream)$/, ...bedrockFailure,
    // Only tools begin with a piece of their own: botocore refuses an empty one.
    piece: (piece) => (piece.includes('"start":{}') ? undefined : piece),
  },
  {
    id: 'Bedrock', path: /\/model\/[^/]+\/invoke-with-response-stream$/, ...bedrockFailure,
    piece: (piece) => withPayload(piece, Buffer.from(JSON.stringify({ bytes: payloadOf(piece).toString('base64') }))),
  },
  { id: 'Ollama', path: /\/api\/(?:chat|generate)$/, failure: (_, error) => ({ error }) },
  { id: 'Cohere', path: /\/v2\/chat$/, failure: (_, message) => ({ message }) },
  // No reply of the contract is about these: vectors are made from the text, lists are the library's.
  { id: 'embeddings', path: /(?:\/v1)?\/embeddings$/, to: '/v1/embeddings' },
  { id: 'models', path: /(?<!\/v1(?:alpha|beta\d*))(?:\/v1)?\/models$/, to: '/v1/models' },
  { id: 'models', path: /\/api\/tags$/ },
];

/** Two versions in a row are one too many: a base address that ends in one was given to a client that adds its own. */
const twice = /\/v\d\w*\/v\d\w*\//;

/**
 * What the path of a request is about, and the path at which the library answers it: any prefix that a base address may have is left away.
 * @returns undefined where no provider is asked so.
 */
export function formatOf(path: string): { readonly format: ModelFormat; readonly path: string } | undefined {
  if (twice.test(path)) return undefined;
  for (const format of modelFormats) {
    const found = format.path.exec(path);
    if (found) return { format, path: (format.to ?? found[0]) + path.slice(found.index + found[0].length) };
  }
  return undefined;
}
