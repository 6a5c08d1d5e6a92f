// Ends a run with the line that scripts/check counts.

import type { TestModule } from 'vitest/node';

export default class Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const passed = states.filter((state) => state === 'passed').length;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    console.log(`${passed} passed, ${states.length - passed + broken} failed`);
  }
}
