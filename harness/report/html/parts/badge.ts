export { badge } from './parts.ts';
