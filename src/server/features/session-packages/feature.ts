import type { Feature } from '../../feature.ts';
import { packageRecords, packageTables } from './records.ts';
import { registerSessionPackageRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    session_package_added: 'session_package';
    session_package_changed: 'session_package';
  }
}

/** Numbers of sessions that clients have agreed on: “6 of 10”. */
export const sessionPackages: Feature = {
  name: 'session-packages',
  tables: ['session_packages'],
  routes: registerSessionPackageRoutes,
  clientRecords: packageRecords,
  clientTables: packageTables,
  exposes: { session_package_added: ['agenda'], session_package_changed: ['agenda'] },
  ofClients: { session_package: 'session_packages' },
};
