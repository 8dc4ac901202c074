import { siblingModule } from '../system/tools/sibling.ts';

/** How clients and the harness's own workflow write and read values: exactly. */
export const dataConverter = { payloadConverterPath: siblingModule('payload-converter', import.meta.url) };
