export declare function ensureServerBuilt(): Promise<void>;
export declare function findProgram(name: 'cli' | 'server'): string;
