/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['**/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/actions/[^/]+/dist/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/demo/out/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': '<rootDir>/scripts/strip-types-transform.cjs'
  },
  clearMocks: true,
  testTimeout: 20_000,
  collectCoverageFrom: ['actions/*/src/**/*.ts', 'lib/**/*.ts', '!**/index.ts', '!**/test/**']
}
