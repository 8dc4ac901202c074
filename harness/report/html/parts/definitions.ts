export { definitions } from './parts.ts';
