export { verdictBanner } from './parts.ts';
