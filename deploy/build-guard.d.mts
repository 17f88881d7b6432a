export declare const productionBranch: string;
export declare function refuseBuild(env: Readonly<Record<string, string | undefined>>): string | undefined;
