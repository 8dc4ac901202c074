import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { include: ['{harness,proofs}/**/*.test.ts'], testTimeout: 120000, hookTimeout: 120000 } });
