export declare function renderSbom(lockText: string): string;
