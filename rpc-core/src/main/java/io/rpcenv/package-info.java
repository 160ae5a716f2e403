/**
 * Endpoints, references and environments: everything a user of the library writes against. Start at {@link
 * io.rpcenv.RpcEnv}.
 */
package io.rpcenv;
