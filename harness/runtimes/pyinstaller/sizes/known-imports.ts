/**
 * Import names of distributions that are called otherwise, by normalised distribution name. It names nothing by itself: the
 * distribution's metadata must be in the bundle.
 */
export const knownImports: Readonly<Record<string, readonly string[]>> = {
  attrs: ['attr', 'attrs'],
  beautifulsoup4: ['bs4'],
  grpcio: ['grpc'],
  msgpack_python: ['msgpack'],
  opencv_python: ['cv2'],
  opentelemetry_api: ['opentelemetry'],
  pillow: ['PIL'],
  protobuf: ['google.protobuf', 'google._upb'],
  psycopg2_binary: ['psycopg2'],
  pyjwt: ['jwt'],
  pymysql: ['pymysql'],
  python_dateutil: ['dateutil'],
  python_dotenv: ['dotenv'],
  pyyaml: ['yaml', '_yaml'],
  scikit_learn: ['sklearn'],
  setuptools: ['setuptools', 'pkg_resources', '_distutils_hack'],
};
