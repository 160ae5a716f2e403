// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holds the transport to its corner: found as a service, nothing in it for a user to import. */
@Timeout(60)
class ArchitectureTest {

  private static final int MAX_PUBLIC_PERCENT = 40;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("io.rpcenv.netty");

  @Test
  void thereIsNoPackageCycle() {
    slices()
        .matching("(io.rpcenv.netty..)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everythingIsInternal() {
    classes()
        .should()
        .resideInAPackage("io.rpcenv.netty.internal..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void coreIsReachedByItsSeamsAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.rpcenv.internal..", "io.rpcenv.plugin..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void thereIsNoStaticMutableField() {
    fields()
        .that()
        .areStatic()
        .should()
        .beFinal()
        .because("many envs live in one JVM, without global state")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void fewTypesArePublic() {
    long all = CLASSES.stream().filter(ArchitectureTest::isNamed).count();
    long open =
        CLASSES.stream()
            .filter(ArchitectureTest::isNamed)
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .count();

    assertThat(open * 100)
        .as("public types of %d, in percent", all)
        .isLessThanOrEqualTo(all * MAX_PUBLIC_PERCENT);
  }

  private static boolean isNamed(JavaClass type) {
    return !type.isAnonymousClass() && !type.getSimpleName().equals("package-info");
  }
}
