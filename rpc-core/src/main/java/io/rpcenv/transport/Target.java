// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

/**
 * The endpoint that a message is for, as one sender's path to one peer knows it. Confined to the
 * path's loop but for the name. A connection that has announced the name keeps its number here, so
 * that later messages find it without a look-up.
 */
public final class Target {

  private final String name;
  private int number;
  private long connectionSerial;

  /**
   * Makes a target that no connection knows yet.
   *
   * @param name the endpoint's name
   */
  public Target(String name) {
    this.name = name;
  }

  /** Returns the endpoint's name. */
  public String name() {
    return name;
  }

  /**
   * Returns the number that a connection gave this name.
   *
   * @param serial the connection's serial number, positive, unique in its transport
   * @return the number, 1 or more, or 0 if that connection has not announced the name
   */
  public int number(long serial) {
    return connectionSerial == serial ? number : 0;
  }

  /**
   * Keeps the number that a connection gave this name.
   *
   * @param serial the connection's serial number
   * @param assigned the number
   */
  public void assign(long serial, int assigned) {
    this.connectionSerial = serial;
    this.number = assigned;
  }
}
