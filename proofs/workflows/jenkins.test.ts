import { expect, test } from 'vitest';
import { shellSteps } from './jenkins.ts';

test('the scripts of each stage, without indentation and with the backslashes of the shell', () => {
  const file = `
    stage('Build') { steps {
      sh 'make "$FILE"'
      sh '''#!/usr/bin/env bash
        set -euo pipefail
        sed 's/\\\\(a\\\\)/b/' \\\\
          file
      '''
    } }
    stage('Empty') { steps { echo 'sh' } }`;
  expect([...shellSteps(file)]).toEqual([['Build', ['make "$FILE"', "sed 's/\\(a\\)/b/' \\\n  file"]], ['Empty', []]]);
});
