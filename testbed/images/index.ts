export { buildArm64Base, buildFixtureImages, removeImages, fixtureDesktop, NAMESPACE } from './build.ts'
export type { FixtureImages } from './build.ts'
export { appsJson, containerName, FIXTURE_CONTAINERS, imageName } from './fixtures.ts'
export type { FixtureContainer } from './fixtures.ts'
